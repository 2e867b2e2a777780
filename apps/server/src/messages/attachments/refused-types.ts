/**
 * Extensions of files that can act on the machine that opens them. Gmail takes none of these, nor do others: a
 * message with one comes back, whoever it was for.
 */
export const REFUSED_EXTENSIONS: ReadonlySet<string> = new Set(
  `ade adp apk appx appxbundle bat cab chm cmd com cpl deb diagcab diagcfg diagpkg dll dmg elf ex ex_ exe hta
   img ins iso isp jar jnlp js jse lib lnk macho mde mjs msc msi msix msixbundle msp mst nsh pif ps1 rpm scr sct shb
   sys vb vbe vbs vhd vxd wasm wsc wsf wsh xll docm dotm xlsm xltm pptm potm ppsm swf class crx reg`.split(
    /\s+/,
  ),
);
