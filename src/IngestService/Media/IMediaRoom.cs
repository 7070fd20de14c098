using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>Whether more media may come in, as far as the watermarks say.</summary>
internal interface IMediaRoom
{
    /// <summary>Null while it may.</summary>
    RefusalDetail? WhyNoMedia();
}
