package dev.pipeline.evaluate;

/**
 * Which file was judged.
 *
 * @param name what people call the model
 * @param file name of the GGUF file, without its folder
 * @param sha256 of that file
 */
public record ModelIdentity(String name, String file, String sha256) {}
