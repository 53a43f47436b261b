package dev.pipeline.serve.look;

/**
 * A row that models learn from or are judged by.
 *
 * @param line in its file, from 1
 * @param sha256 of the line, by which lineage knows it
 * @param id within the dataset
 * @param source file and line it came from; empty where it was made
 * @param question the message that is answered
 * @param answer the answer, or the better one of two
 * @param worse the worse answer of a pair; empty where there is one answer
 */
public record DatasetRow(
    long line,
    String sha256,
    String id,
    String source,
    String question,
    String answer,
    String worse) {}
