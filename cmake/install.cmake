# cmake --install: library, headers, packages for CMake and pkg-config, command, man pages, completion, data.
include(CMakePackageConfigHelpers)

set(STK_MANUALS ${PROJECT_BINARY_DIR}/man)
set(STK_COMPLETION ${PROJECT_BINARY_DIR}/completion)
add_custom_command(
  OUTPUT ${STK_MANUALS}/stocktake.1 ${STK_COMPLETION}/stocktake
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/generate-manuals $<TARGET_FILE:stocktake-command> ${STK_MANUALS} ${STK_COMPLETION}
  DEPENDS stocktake-command ${PROJECT_SOURCE_DIR}/scripts/generate-manuals
  COMMENT "Writing manual pages and completion" VERBATIM)
add_custom_target(manuals ALL DEPENDS ${STK_MANUALS}/stocktake.1)

install(TARGETS stocktake EXPORT stocktake-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS stocktake-command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/stocktake DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${STK_MANUALS}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${STK_COMPLETION}/stocktake DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${STK_COMPLETION}/_stocktake DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/stocktake/edition)
install(DIRECTORY docs/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/stocktake)
install(FILES README.md CHANGELOG.md LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(STK_PC_REQUIRES "")
if(NETCDF_FOUND)
  set(STK_PC_REQUIRES " netcdf")
endif()
configure_file(cmake/stocktake.pc.in stocktake.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/stocktake.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_package_config_file(cmake/stocktakeConfig.cmake.in stocktakeConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stocktake)
write_basic_package_version_file(stocktakeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT stocktake-targets NAMESPACE stocktake:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stocktake)
install(FILES ${PROJECT_BINARY_DIR}/stocktakeConfig.cmake ${PROJECT_BINARY_DIR}/stocktakeConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stocktake)
