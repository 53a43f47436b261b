package dev.pipeline.serve.look;

/**
 * A line or row that was left out.
 *
 * @param sha256 of the line that says so, by which lineage knows it
 * @param reason a short code
 * @param detail what exactly was wrong
 * @param source file and line it came from; empty where it was made
 * @param text what it says, as JSON or as the raw line
 */
public record RejectedRow(
    String sha256, String reason, String detail, String source, String text) {}
