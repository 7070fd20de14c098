namespace EdgeEnforcement.Evidence;

/// <summary>How a chain of manifests is broken.</summary>
public enum ManifestChainBreak
{
    None,

    /// <summary>The payload is no record with a manifest.</summary>
    NotAManifest,

    /// <summary>The manifest is of another recorder or another dock than the chain.</summary>
    OtherChain,

    /// <summary>The first manifest given names a predecessor that was not given: the chain's head is missing.</summary>
    HeadMissing,

    /// <summary>A first link that is not marked as the recorder's first docking.</summary>
    HeadNotBaseline,

    /// <summary>The previous hash is not that of the manifest before: one was removed, added, changed or moved.</summary>
    WrongPrevious,

    /// <summary>A later manifest names no predecessor: a second chain was begun.</summary>
    Restarted,
}
