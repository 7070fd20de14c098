namespace EdgeEnforcement.Testing;

/// <summary>What happens at the chosen call of a <see cref="ShadowFileSystem"/>.</summary>
public enum ShadowFault
{
    FailBeforeEffect,
    FailAfterEffect,

    /// <summary>A write leaves half of its bytes and fails; every other call fails before its effect.</summary>
    FailHalfway,

    /// <summary>The power goes before the call has its effect; every later call fails until <see cref="ShadowFileSystem.Crash"/>.</summary>
    PowerOffBeforeEffect,
    PowerOffAfterEffect,
}
