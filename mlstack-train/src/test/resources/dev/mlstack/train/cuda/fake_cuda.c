/*
 * A CUDA driver without a GPU, for tests: what the probe asks, answered from environment variables.
 * FAKE_CUDA_INIT is the result of cuInit, FAKE_CUDA_DEVICES the number of devices.
 */
#include <stdio.h>
#include <stdlib.h>

static int number(const char *name, int fallback) {
  const char *text = getenv(name);
  return text == NULL ? fallback : atoi(text);
}

int cuInit(unsigned flags) { return number("FAKE_CUDA_INIT", 0); }

int cuDriverGetVersion(int *version) {
  *version = 12060;
  return 0;
}

int cuDeviceGetCount(int *count) {
  *count = number("FAKE_CUDA_DEVICES", 1);
  return 0;
}

int cuDeviceGet(int *device, int index) {
  *device = index;
  return 0;
}

int cuDeviceGetName(char *name, int length, int device) {
  snprintf(name, length, "Imaginary %d", device);
  return 0;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  *bytes = (size_t)24 << 30;
  return 0;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  *value = attribute == 75 ? 9 : attribute == 76 ? device : -1;
  return 0;
}
