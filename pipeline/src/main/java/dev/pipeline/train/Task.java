package dev.pipeline.train;

/** A batch, and what is computed of it. */
interface Task {
  /** The batch. */
  Batch batch();

  /** What its loss is a mean over, counted: trained tokens, or pairs. */
  int size();

  /**
   * Adds the gradients of its loss to those of what is trained.
   *
   * @param total sizes of all tasks of the optimiser step, by which the share is divided
   * @param seed of dropout and noise
   */
  Share accumulate(Replica replica, double total, long seed);

  /** Its loss, summed and not divided, without gradients or dropout. */
  Share evaluate(Replica replica);
}
