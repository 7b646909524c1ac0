# Windows, 64 bits: Debian's gcc-mingw-w64-x86-64 with POSIX threads and scripts/build-libraries mingw. Wine runs
# what the build itself runs.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix) # asked for by libraries, not used
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_CROSSCOMPILING_EMULATOR wine)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static")
include(${CMAKE_CURRENT_LIST_DIR}/libraries.cmake)
stk_libraries(mingw)
