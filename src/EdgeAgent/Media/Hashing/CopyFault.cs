namespace EdgeEnforcement.EdgeAgent.Media.Hashing;

/// How copying one file ended, other than well.
internal enum CopyFault
{
    None,

    /// Size or time changed under the read; try again later.
    Changed,

    /// The file or the whole disk is no longer there.
    Gone,

    /// The recorder's side could not be read.
    Unreadable,

    /// Our side could not be written, or read back as written.
    Station,
}
