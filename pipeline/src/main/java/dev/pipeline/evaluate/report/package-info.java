/**
 * {@code report.html}: one self-contained page for the people who decide. Charts are SVG drawn
 * here, because AWT needs fonts that a bare server does not have.
 */
@NullMarked
package dev.pipeline.evaluate.report;

import org.jspecify.annotations.NullMarked;
