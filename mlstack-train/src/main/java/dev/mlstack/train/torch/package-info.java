/**
 * Neural networks on PyTorch, by way of DJL, that resume exactly.
 *
 * <p>{@link dev.mlstack.train.torch.NeuralNetwork} trains; {@link dev.mlstack.train.torch.Network}
 * says what, as a list of {@link dev.mlstack.train.torch.Layer}s.
 *
 * <pre>{@code
 * var trainer =
 *     NeuralNetwork.of(
 *             Network.of(
 *                 reshape(1, 8, 8), conv2d(16, 3), relu(), maxPool2d(2),
 *                 conv2d(32, 3), relu(), maxPool2d(2), flatten(), dense(64), relu()))
 *         .withEpochs(20)
 *         .withLearningRate(LearningRate.cosine(3e-3));
 * }</pre>
 *
 * <p>libtorch computes values and gradients; everything that makes a training repeatable is ours:
 * the order of examples and the first parameters are drawn from the seed, the optimizer and its
 * state are plain Java, and a checkpoint holds all there is. So a training that is killed and
 * resumed gives the same bits as one that was not.
 *
 * <p>The application adds the native libraries: {@code ai.djl.pytorch:pytorch-jni} and {@code
 * ai.djl.pytorch:pytorch-native-cpu} with the classifier of its platform. They are loaded when they
 * are first needed; if one is missing, an exception says in one sentence which.
 */
@NullMarked
package dev.mlstack.train.torch;

import org.jspecify.annotations.NullMarked;
