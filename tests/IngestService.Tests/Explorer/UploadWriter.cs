using EdgeEnforcement.IngestService.Media;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>One uploading station: what it was told, and its open stream.</summary>
internal sealed class UploadWriter(string name, ManifestFacts manifest)
{
    public string Name { get; } = name;

    public ManifestFacts Manifest { get; } = manifest;

    /// <summary>0 before the first begin.</summary>
    public ulong Generation { get; set; }

    /// <summary>Gone after a crash of the service.</summary>
    public UploadSession? Session { get; set; }

    /// <summary>Sent on the open stream and not yet acknowledged.</summary>
    public List<uint> Written { get; } = [];

    /// <summary>Acknowledged to this writer under any generation, and not asked for again since.</summary>
    public SortedSet<uint> Acknowledged { get; } = [];

    /// <summary>The entries its finished uploads were answered with.</summary>
    public SortedSet<ulong> Receipts { get; } = [];

    public void LoseStream()
    {
        Session = null;
        Written.Clear();
    }

    public void TakeFrom(UploadWriter other)
    {
        Generation = other.Generation;
        Acknowledged.UnionWith(other.Acknowledged);
        Receipts.UnionWith(other.Receipts);
    }

    public void Describe(BinaryWriter into)
    {
        into.Write(Name);
        into.Write(Generation);
        into.Write(Session is not null);
        into.Write(string.Join(',', Written) + "|" + string.Join(',', Acknowledged) + "|" + string.Join(',', Receipts));
    }
}
