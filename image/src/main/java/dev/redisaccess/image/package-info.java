/** The AOT cache of the operator's image: made and tried with the image's own files, without a container. */
package dev.redisaccess.image;
