# cmake --install: libraries, headers, packages for CMake and pkg-config, command, man pages, completion, data.
include(CMakePackageConfigHelpers)

set(STK_MANUALS ${PROJECT_BINARY_DIR}/man)
set(STK_COMPLETION ${PROJECT_BINARY_DIR}/completion)
add_custom_command(
  OUTPUT ${STK_MANUALS}/stocktake.1 ${STK_COMPLETION}/stocktake
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/generate-manuals ${STK_MANUALS} ${STK_COMPLETION}
          ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:stocktake-command>
  DEPENDS stocktake-command ${PROJECT_SOURCE_DIR}/scripts/generate-manuals
  COMMENT "Writing manual pages and completion" VERBATIM)
add_custom_target(manuals ALL DEPENDS ${STK_MANUALS}/stocktake.1)

if(STK_SHARED)
  install(TARGETS stocktake-shared EXPORT stocktake-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
endif()
if(TARGET stocktake-archive)
  install(TARGETS stocktake-archive EXPORT stocktake-static-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
else()
  install(TARGETS stocktake EXPORT stocktake-static-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endif()
install(TARGETS stocktake-command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${STK_MANUALS}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${STK_COMPLETION}/stocktake DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${STK_COMPLETION}/_stocktake DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/stocktake/edition)
install(DIRECTORY docs/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/stocktake)
install(FILES README.md CHANGELOG.md SECURITY.md LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Whoever links the shared library needs none of what it is made with; the archive names it.
set(STK_CONFIG_NEEDS YAML=yaml-0.1 JANSSON=jansson ZSTD=libzstd NETTLE=nettle ZLIB=zlib)
list(TRANSFORM STK_CONFIG_NEEDS REPLACE "^.*=" "" OUTPUT_VARIABLE STK_PC_REQUIRES)
list(JOIN STK_CONFIG_NEEDS " " STK_CONFIG_NEEDS)
list(JOIN STK_PC_REQUIRES " " STK_PC_REQUIRES)
# the package may be moved: its place is that of the .pc file, however deep the libraries lie
file(RELATIVE_PATH STK_PC_UP /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" STK_PC_UP "${STK_PC_UP}")
set(STK_PC_LIBS "-pthread -lm")
if(CMAKE_DL_LIBS)
  string(APPEND STK_PC_LIBS " -l${CMAKE_DL_LIBS}")
endif()
foreach(name stocktake stocktake-static)
  configure_file(cmake/${name}.pc.in ${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
configure_package_config_file(cmake/stocktakeConfig.cmake.in stocktakeConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stocktake)
write_basic_package_version_file(stocktakeConfigVersion.cmake COMPATIBILITY SameMajorVersion)
set(STK_EXPORTS stocktake-static-targets)
if(STK_SHARED)
  list(APPEND STK_EXPORTS stocktake-targets)
endif()
foreach(set ${STK_EXPORTS})
  install(EXPORT ${set} NAMESPACE stocktake:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stocktake)
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/stocktakeConfig.cmake ${PROJECT_BINARY_DIR}/stocktakeConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stocktake)
