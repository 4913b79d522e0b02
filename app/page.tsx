export default function HomePage() {
  return <p>Barnacle</p>;
}
