package dev.pipeline.data.redact;

/** One line of {@code datasets/labels/planted.jsonl}. */
record PlantedLabel(String conversation, String kind, String text) {}
