package dev.pipeline.data;

import java.util.List;

/**
 * A negotiation between a supplier's contact and the buyer, as one raw line tells it.
 *
 * @param id the conversation's own id
 * @param family scenario family; empty when the raw data name none
 * @param source the raw line
 * @param turns in order of speaking
 * @param approval the reviewer's verdict on the whole
 * @param people full names that structured fields reveal (speakers, contacts, mail headers)
 * @param companies company names that structured fields reveal
 */
public record Conversation(
    String id,
    String family,
    Source source,
    List<Turn> turns,
    Approval approval,
    List<String> people,
    List<String> companies) {
  /** Copies the lists. */
  public Conversation {
    turns = List.copyOf(turns);
    people = List.copyOf(people);
    companies = List.copyOf(companies);
  }
}
