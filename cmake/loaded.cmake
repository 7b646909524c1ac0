# stk_loaded(NAME PREFIX SOURCE...): the library NAME that pkg_check_modules(PREFIX ...) found is loaded when it is needed
# (src/base/loaded.h). Its headers are for these sources of stk_core alone, which see STK_HAVE_PREFIX and, as
# STK_PREFIX_FILE, the name under which the linker would have asked for it; nothing is linked with it but a static
# program (STK_STATIC).
function(stk_loaded name prefix)
  if(STK_STATIC)
    set_source_files_properties(${ARGN} TARGET_DIRECTORY stk_core PROPERTIES
      COMPILE_DEFINITIONS "STK_STATIC;STK_HAVE_${prefix};STK_${prefix}_FILE=\"${name}\""
      COMPILE_OPTIONS "${${prefix}_STATIC_CFLAGS}")
    target_link_libraries(stk_core PUBLIC ${${prefix}_STATIC_LDFLAGS})
    return()
  endif()
  set(file lib${name}${CMAKE_SHARED_LIBRARY_SUFFIX})
  foreach(library ${${prefix}_LINK_LIBRARIES})
    get_filename_component(known ${library} NAME)
    if(known STREQUAL file)
      file(REAL_PATH ${library} real)
      get_filename_component(file ${real} NAME)
      string(REGEX REPLACE "([.]so[.][0-9]+)[.0-9]*$" "\\1" file ${file})
      if(APPLE) # whose loader looks into few folders
        set(file ${library})
      endif()
      break()
    endif()
  endforeach()
  set_source_files_properties(${ARGN} TARGET_DIRECTORY stk_core PROPERTIES
    COMPILE_DEFINITIONS "STK_HAVE_${prefix};STK_${prefix}_FILE=\"${file}\""
    INCLUDE_DIRECTORIES "${${prefix}_INCLUDE_DIRS}")
  set(STK_${prefix}_FILE ${file} CACHE INTERNAL "Loaded when it is needed")
  message(STATUS "Loaded when needed: ${file}")
endfunction()
