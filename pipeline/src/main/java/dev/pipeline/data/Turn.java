package dev.pipeline.data;

/**
 * One message.
 *
 * @param state where the negotiation stood when it was written
 */
public record Turn(Speaker speaker, String text, RoundState state) {
  /** Who speaks. */
  public enum Speaker {
    /** The supplier's contact, whose message is to be answered. */
    SUPPLIER("Supplier"),
    /** The buyer, whose replies are learnt. */
    BUYER("Buyer");

    private final String label;

    Speaker(String label) {
      this.label = label;
    }

    /** The word that stands before an earlier turn in a row's context. */
    public String label() {
      return label;
    }
  }
}
