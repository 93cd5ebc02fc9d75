package dev.mlstack.train.cuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.CudaException;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** Asks the CUDA driver for its devices, by way of JCuda. */
final class CudaProbe {

  private static final int NAME_BYTES = 256;

  private CudaProbe() {}

  /** Returns what the driver says, or why it says nothing. */
  static CudaStatus probe() {
    try {
      JCudaNatives.load();
      return devices();
    } catch (LinkageError e) {
      return CudaStatus.none("", JCudaNatives.explain(e));
    } catch (CudaException e) {
      return CudaStatus.none("", "the CUDA driver failed with " + e.getMessage());
    } catch (IOException e) {
      return CudaStatus.none("", "the natives of JCuda could not be unpacked: " + e.getMessage());
    }
  }

  private static CudaStatus devices() {
    int result = JCudaDriver.cuInit(0);
    if (result != CUresult.CUDA_SUCCESS) {
      return CudaStatus.none("", "the CUDA driver says " + CUresult.stringFor(result));
    }
    int[] version = new int[1];
    check(JCudaDriver.cuDriverGetVersion(version));
    // 12060 is 12.6.
    String driver = version[0] / 1000 + "." + version[0] % 1000 / 10;
    int[] count = new int[1];
    check(JCudaDriver.cuDeviceGetCount(count));
    List<CudaDevice> devices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      devices.add(device(i));
    }
    return devices.isEmpty()
        ? CudaStatus.none(driver, "the CUDA driver has no device")
        : new CudaStatus(driver, devices, "");
  }

  private static CudaDevice device(int index) {
    CUdevice device = new CUdevice();
    check(JCudaDriver.cuDeviceGet(device, index));
    byte[] name = new byte[NAME_BYTES];
    check(JCudaDriver.cuDeviceGetName(name, NAME_BYTES, device));
    long[] memory = new long[1];
    check(JCudaDriver.cuDeviceTotalMem(memory, device));
    return new CudaDevice(
        index,
        text(name),
        memory[0],
        attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device),
        attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device));
  }

  private static int attribute(int attribute, CUdevice device) {
    int[] value = new int[1];
    check(JCudaDriver.cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  /** Returns the text before the first zero. */
  private static String text(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static void check(int result) {
    if (result != CUresult.CUDA_SUCCESS) {
      throw new CudaException(CUresult.stringFor(result));
    }
  }
}
