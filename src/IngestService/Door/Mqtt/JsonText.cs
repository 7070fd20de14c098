using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>Whether bytes are one JSON text. What it says is the device profile's affair.</summary>
internal static class JsonText
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>Null: it is JSON.</summary>
    public static RefusalDetail? Fault(in ReadOnlySequence<byte> payload)
    {
        var bytes = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
        if (!Utf8.IsValid(bytes))
            return new RefusalDetail(RefusalCode.Malformed, "the payload is not UTF-8");
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            var any = false;
            while (reader.Read())
                any = true;
            return any ? null : new RefusalDetail(RefusalCode.Malformed, "the payload is empty");
        }
        catch (JsonException e)
        {
            // The reader has no other way to say that it is none.
            return new RefusalDetail(RefusalCode.Malformed, $"the payload is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }
}
