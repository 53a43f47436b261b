package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.automaton.Automaton.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The forms are the largest patterns there are; RE2 says what they find. */
class AddressFormsTest {
  private static final String SPOILING = "0123456789 ,.-'ABCabcéÉ’";

  @Test
  void findWhatTheReferenceFindsInAddressesWholeAndSpoilt() {
    List<String> texts = texts();
    List<AddressForms.Form> forms =
        Stream.concat(AddressForms.withPostcode().stream(), AddressForms.complete().stream())
            .toList();
    int found = 0;
    for (AddressForms.Form form : forms) {
      Pattern reference = Pattern.compile(form.pattern().toString());
      for (String text : texts) {
        List<Match> expected = new ArrayList<>();
        Matcher matcher = reference.matcher(text);
        while (matcher.find()) {
          expected.add(new Match(matcher.start(), matcher.end()));
        }
        assertThat(matches(form, text)).as("%s in '%s'", reference, text).isEqualTo(expected);
        found += expected.size();
      }
    }
    assertThat(found).isGreaterThan(texts.size() / 2);
  }

  private static List<Match> matches(AddressForms.Form form, String text) {
    List<Match> matches = new ArrayList<>();
    Match match = form.pattern().find(text, 0);
    while (match != null) {
      matches.add(match);
      match = form.pattern().find(text, match.end());
    }
    return matches;
  }

  private static List<String> texts() {
    SplittableRandom random = new SplittableRandom(9);
    List<String> texts = new ArrayList<>();
    for (PlantedLabel label :
        JsonLines.read(Shipped.DATASETS.resolve("labels/planted.jsonl"), PlantedLabel.class)) {
      if (label.kind().equals("address")) {
        texts.add("Send it to " + label.text() + ". Or not");
        for (int i = 0; i < 10; i++) {
          texts.add(spoilt(label.text(), random));
        }
      }
    }
    return texts;
  }

  private static String spoilt(String address, SplittableRandom random) {
    StringBuilder text = new StringBuilder(address);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      char sign = SPOILING.charAt(random.nextInt(SPOILING.length()));
      if (random.nextBoolean()) {
        text.setCharAt(at, sign);
      } else {
        text.insert(at, sign);
      }
    }
    return text.toString();
  }
}
