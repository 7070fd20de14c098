using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// What could be read from inside a media file; everything but the kind may be missing.
internal sealed record MediaFacts(
    MediaKind Kind, string Container, string Codec, TimeSpan? Duration, DateTimeOffset? CreatedAt, Position? Position)
{
    public static MediaFacts Unreadable { get; } = new(MediaKind.Other, "", "", null, null, null);
}
