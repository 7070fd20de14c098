namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>A draft: its bytes and their hash. What a reviewer reads, what is printed and what a scan is bound to are these bytes.</summary>
/// <param name="Html">UTF-8, without the foot that prints the hash.</param>
/// <param name="Sha256">Of <paramref name="Html"/>.</param>
internal sealed record RenderedDraft(byte[] Html, byte[] Sha256);
