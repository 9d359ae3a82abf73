using System.Security.Cryptography;

namespace Disguise.Host.Results;

/// <summary>The hash of a result, made from the hashes of its runs.</summary>
public static class ResultHash
{
    private const int HashBytes = 32;

    /// <summary>
    /// SHA-256 over the concatenation of the runs' hashes, in the order of the runs, each as its
    /// 32 raw bytes (not as hexadecimal text), with nothing between them; 64 lower-case
    /// hexadecimal digits. Null when there is no run or one has no hash.
    /// </summary>
    /// <exception cref="InvalidOperationException">A run's hash is not 64 digits.</exception>
    public static string? Of(IReadOnlyList<RunResult> runs)
    {
        if (runs.Count == 0 || runs.Any(run => run.Hash is null))
        {
            return null;
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var run in runs)
        {
            var hash = Convert.FromHexString(run.Hash!);
            if (hash.Length != HashBytes)
            {
                throw new InvalidOperationException($"'{run.Hash}' is no run hash");
            }

            digest.AppendData(hash);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
