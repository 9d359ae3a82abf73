using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// The tags of address spaces in TLBs, of which hardware has few: 64 on a MIPS R3000. They are
/// stateless and change hands often, so they are revoked invisibly: whoever had the one that was
/// in force the longest ago loses it, is not told, and gets another when it runs again. (Engler et
/// al., SOSP 1995, section 3.4.) Numbers from 1; 0 is the kernel's.
/// </summary>
internal sealed class AddressSpaceIds
{
    /// <summary>As many as the address space field of a MIPS R3000 tells apart.</summary>
    public const int OnMips = 64;

    private const int Nobody = -1;

    private readonly int[] holders;
    private readonly long[] lastUses;
    private readonly int[] inForce;
    private readonly int[] byEnvironment;
    private long uses;

    /// <summary>Tags for environments that run on cores.</summary>
    /// <param name="count">How many tags; more than cores.</param>
    /// <param name="environments">Most environments.</param>
    /// <param name="cores">How many cores.</param>
    public AddressSpaceIds(int count, int environments, int cores)
    {
        if (count <= cores || count > ushort.MaxValue)
        {
            throw new InvalidOperationException($"{count} address spaces on {cores} cores.");
        }

        holders = Filled(count);
        lastUses = new long[count];
        inForce = Filled(cores);
        byEnvironment = Filled(environments);
    }

    /// <summary>How often one was taken from an environment that lives.</summary>
    public long RevokedCount { get; private set; }

    /// <summary>The tag that an environment has; null when it has none.</summary>
    public AddressSpaceId? Of(int environment) => byEnvironment[environment] == Nobody
        ? null
        : IdOf(byEnvironment[environment]);

    /// <summary>
    /// An environment comes into force on a core. True when its tag was another's before: all
    /// TLBs have to forget it first.
    /// </summary>
    public bool Enter(int environment, int core, out AddressSpaceId id)
    {
        int held = byEnvironment[environment];
        bool mustFlush = false;
        if (held == Nobody)
        {
            held = OldestNotIn(core);
            mustFlush = holders[held] != Nobody;
            if (mustFlush)
            {
                byEnvironment[holders[held]] = Nobody;
                RevokedCount++;
            }

            holders[held] = environment;
            byEnvironment[environment] = held;
        }

        lastUses[held] = ++uses;
        inForce[core] = held;
        id = IdOf(held);
        return mustFlush;
    }

    /// <summary>Nobody is in force on a core.</summary>
    public void Leave(int core) => inForce[core] = Nobody;

    /// <summary>
    /// An environment ends. Gives the tag that all TLBs have to forget, if it has one.
    /// </summary>
    public AddressSpaceId? End(int environment)
    {
        AddressSpaceId? held = Of(environment);
        if (held is not null)
        {
            int at = byEnvironment[environment];
            byEnvironment[environment] = Nobody;
            holders[at] = Nobody;
            lastUses[at] = 0;
            for (int core = 0; core < inForce.Length; core++)
            {
                inForce[core] = inForce[core] == at ? Nobody : inForce[core];
            }
        }

        return held;
    }

    private static AddressSpaceId IdOf(int at) => new((ushort)(at + 1));

    private static int[] Filled(int count)
    {
        int[] made = new int[count];
        Array.Fill(made, Nobody);
        return made;
    }

    private int OldestNotIn(int core)
    {
        int oldest = Nobody;
        for (int at = 0; at < holders.Length; at++)
        {
            bool isElsewhere = false;
            for (int other = 0; other < inForce.Length; other++)
            {
                isElsewhere |= other != core && inForce[other] == at;
            }

            if (!isElsewhere && (oldest == Nobody || lastUses[at] < lastUses[oldest]))
            {
                oldest = at;
            }
        }

        return oldest;
    }
}
