package dev.mlstack.train.cuda;

import java.nio.file.Path;

/** A program that asks for CUDA twice, after it has loaded a driver if it is given one. */
final class CudaProgram {

  private CudaProgram() {}

  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      System.load(Path.of(arguments[0]).toAbsolutePath().toString());
    }
    String before = System.getProperty("java.io.tmpdir");
    System.out.println(Cuda.status());
    System.out.println(Cuda.status().toValue().canonicalJson());
    System.out.println(before.equals(System.getProperty("java.io.tmpdir")) ? "restored" : "lost");
  }
}
