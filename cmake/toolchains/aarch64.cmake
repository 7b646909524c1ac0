# Static programs for Linux on 64-bit ARM: Debian's gcc-aarch64-linux-gnu and scripts/build-libraries aarch64.
# qemu-user runs what the build itself runs.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
include(${CMAKE_CURRENT_LIST_DIR}/libraries.cmake)
stk_libraries(aarch64)
