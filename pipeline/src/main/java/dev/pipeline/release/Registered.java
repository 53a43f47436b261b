package dev.pipeline.release;

/**
 * A release at an Ollama server.
 *
 * @param server its address
 * @param name such as {@code phi4-joshi:v3}
 * @param digest what the server calls it itself, in hex
 */
public record Registered(String server, String name, String digest) {}
