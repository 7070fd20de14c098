using System.Runtime.CompilerServices;
using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Operator;

internal static class ImportContent
{
    /// <summary>The pieces of a file behind its head, as they come. Throws when the stream breaks off: then there is no file.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadContentAsync(
        this IAsyncStreamReader<ImportChunk> chunks, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await chunks.MoveNext(cancellation))
            yield return chunks.Current.Content.Memory;
    }
}
