package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.List;

/** Companies that the raw data name in a field of their own, wherever the text repeats them. */
final class CompanyRedactor implements Redactor {
  @Override
  public List<Span> find(String text, Identities known) {
    if (known.companies().isEmpty()) {
      return List.of();
    }
    List<Span> spans = new ArrayList<>();
    String folded = Finds.lowerInPlace(text);
    for (String company : known.companies()) {
      String wanted = Finds.lowerInPlace(company);
      for (int at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
        if (Finds.standsAlone(text, at, at + wanted.length())) {
          spans.add(new Span(EntityKind.COMPANY, at, at + wanted.length()));
        }
      }
    }
    return spans;
  }
}
