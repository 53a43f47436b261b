/**
 * Lets people judge two models' answers side by side without knowing who wrote which, and says what
 * they found. What a reviewer may see and what tells the models apart lie in different files.
 */
@NullMarked
package dev.pipeline.evaluate.review;

import org.jspecify.annotations.NullMarked;
