package dev.pipeline.serve.look;

/**
 * A line or row that was left out.
 *
 * @param reason a short code
 * @param detail what exactly was wrong
 * @param source file and line it came from; empty where it was made
 * @param text what it says, as JSON or as the raw line
 */
public record RejectedRow(String reason, String detail, String source, String text) {}
