package dev.pipeline.track.wandb;

/**
 * A run as the server knows it.
 *
 * @param entity whose it is
 * @param project its project
 * @param id its name there
 * @param rows lines of its history that the server has
 */
record RemoteRun(String entity, String project, String id, long rows) {}
