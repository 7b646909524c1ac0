# Static programs for any Linux of this processor: Debian's musl-tools and scripts/build-libraries musl.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${CMAKE_HOST_SYSTEM_PROCESSOR})
set(CMAKE_C_COMPILER musl-gcc)
set(CMAKE_CROSSCOMPILING_EMULATOR env) # it runs here as it is
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
include(${CMAKE_CURRENT_LIST_DIR}/libraries.cmake)
stk_libraries(musl)
