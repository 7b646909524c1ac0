# stk_embed(TARGET FILE): the text of FILE as `static const char embedded_NAME[]` in a header NAME.h in the build
# folder, where NAME is the file's name; dots become underscores in the identifier. As bytes, since a string literal
# may not be longer than 4095 characters.
function(stk_embed target file)
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER ${name} identifier)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(.....,.....,.....,.....,.....,.....,.....,.....,.....,.....,.....,.....,)" "\\1\n" bytes "${bytes}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.h @ONLY
       CONTENT "static const char embedded_${identifier}[] = {\n@bytes@0};\n")
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
