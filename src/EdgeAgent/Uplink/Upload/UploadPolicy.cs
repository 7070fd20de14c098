using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Uplink.Upload;

/// Which media go to the centre by themselves, and which of them first. Pure.
internal static class UploadPolicy
{
    public static bool Wants(MediaManifest manifest, bool uploadAll) =>
        uploadAll || manifest.Important || manifest.CaseNumber.Length > 0;

    /// Lower goes first: case, important mark, the rest.
    public static int Rank(MediaManifest manifest) =>
        manifest.CaseNumber.Length > 0 ? 0 : manifest.Important ? 1 : 2;
}
