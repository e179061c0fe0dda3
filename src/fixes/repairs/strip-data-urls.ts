import { isDataUrl } from '../../patterns/findings/ollama-images.js';
import { listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';
import { eachMessage } from './each-message.js';

const HEADER_END = ';base64,';

/** Leaves of images that are data URLs the data, in messages and beside a prompt. */
export function stripDataUrls(_api: string, params: Fields): Fields {
  return eachMessage(strip(params), strip);
}

function strip(holder: Fields): Fields {
  const images = listOf(own(holder, 'images'));
  const next = rewrite(images, (image) => [
    isDataUrl(image) ? image.slice(image.indexOf(HEADER_END) + HEADER_END.length) : image,
  ]);
  return next === images ? holder : copyWith(holder, 'images', next);
}
