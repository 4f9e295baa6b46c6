import './site.css';

export default function Page() {
  return null;
}
