package dev.pipeline.serve.page;

/** One thing that programs may ask. */
public record ApiOperation(String method, String path, String summary) {}
