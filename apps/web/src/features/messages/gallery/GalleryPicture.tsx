import { Skeleton } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useState } from 'react';
import { Picture } from '../library/Picture.tsx';
import { useGalleryPreview } from './use-gallery-preview.ts';
import classes from './GalleryPicture.module.css';

interface GalleryPictureProps {
  itemKey: string;
  channel: string;
  language: string;
}

/** An entry of the gallery made small; asked for once it is seen. */
export function GalleryPicture(props: GalleryPictureProps) {
  const { ref, inViewport } = useInViewport();
  const [seen, setSeen] = useState(false);
  if (inViewport && !seen) setSeen(true);
  const { data } = useGalleryPreview(props, seen);
  return (
    <span ref={ref} className={classes.root}>
      {data?.content ? (
        <Picture channel={props.channel} content={data.content} />
      ) : (
        <Skeleton height="100%" radius={0} />
      )}
    </span>
  );
}
