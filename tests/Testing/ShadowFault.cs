namespace EdgeEnforcement.Testing;

/// <summary>What happens at the chosen call of a <see cref="ShadowFileSystem"/>.</summary>
public enum ShadowFault
{
    FailBeforeEffect,
    FailAfterEffect,

    /// <summary>The power goes before the call has its effect; every later call fails until <see cref="ShadowFileSystem.Crash"/>.</summary>
    PowerOffBeforeEffect,
    PowerOffAfterEffect,
}
