/** Tests of the rules that hold for all packages. Rules of one package are tested in it. */
package io.bangwo8stream.architecture;
