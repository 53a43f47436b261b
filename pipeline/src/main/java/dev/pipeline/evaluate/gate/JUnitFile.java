package dev.pipeline.evaluate.gate;

import dev.pipeline.io.AtomicFiles;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A verdict as JUnit XML, which CI servers show: a test case for each bound. */
public final class JUnitFile {
  private JUnitFile() {}

  /** Writes {@code verdict} over the run called {@code run} to {@code file}, atomically. */
  public static void write(Path file, String run, Verdict verdict) {
    AtomicFiles.writeString(file, text(run, verdict));
  }

  static String text(String run, Verdict verdict) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      write(xml, run, verdict.checks());
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write XML to memory", e);
    }
    return text + "\n";
  }

  private static void write(XMLStreamWriter xml, String run, List<Check> checks)
      throws XMLStreamException {
    long failures = checks.stream().filter(check -> !check.pass()).count();
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "gate of " + run);
    xml.writeAttribute("tests", Integer.toString(checks.size()));
    xml.writeAttribute("failures", Long.toString(failures));
    for (Check check : checks) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", "gate");
      xml.writeAttribute("name", check.label() + " " + check.boundText());
      if (!check.pass()) {
        xml.writeCharacters("\n    ");
        xml.writeEmptyElement("failure");
        xml.writeAttribute("message", check.reason());
        xml.writeCharacters("\n  ");
      }
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }
}
