/**
 * Answers in the process of the application.
 *
 * <p>An {@link dev.mlstack.serve.Endpoint} takes a typed input and gives a typed {@link
 * dev.mlstack.predict.Prediction}. It answers with whatever release is live under its name, follows
 * every move of it, and logs each answer off the caller's path.
 */
@NullMarked
package dev.mlstack.serve;

import org.jspecify.annotations.NullMarked;
