using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Tests.Exokernel.Capabilities;

/// <summary>Environments that forge, give, take and delete at random, and a referee.</summary>
internal sealed class RandomCredentials
{
    private const int Environments = 4;

    private readonly Random random;
    private readonly CredentialBook book = new(Environments, Guards.All);
    private readonly uint[] lives = new uint[Environments];
    private readonly Capability[] firsts = new Capability[Environments];

    // For each credential, those it was made from, back to a first one.
    private readonly Dictionary<(int Environment, int Slot), Capability[]> lineage = [];
    private readonly Capability[]?[] offered = new Capability[]?[Environments];

    public RandomCredentials(int seed)
    {
        random = new Random(seed);
        for (int environment = 0; environment < Environments; environment++)
            Begin(environment);
    }

    public int Run(int steps)
    {
        int accepted = 0;
        for (int step = 0; step < steps; step++)
        {
            accepted += Step() == ExokernelRefusal.None ? 1 : 0;
            Check();
        }

        return accepted;
    }

    private ExokernelRefusal Step()
    {
        int me = random.Next(Environments);
        int other = random.Next(Environments);
        int from = random.Next(5);
        int into = random.Next(20);
        book.Show(me, from, out Capability mine);
        Capability made = random.Next(3) switch
        {
            0 => CapabilitySpecs.RandomCapability(random),
            1 => mine.With((CapabilityPermissions)random.Next(8)),
            _ => mine.Below((byte)random.Next(4), (CapabilityPermissions)random.Next(8)),
        };
        switch (random.Next(12))
        {
            case 0:
                book.End(me);
                foreach (var key in lineage.Keys.Where(key => key.Environment == me).ToArray())
                    lineage.Remove(key);
                Begin(me);
                return ExokernelRefusal.None;
            case 1:
                return Do(book.CheckDelete(me, into), () =>
                {
                    book.Delete(me, into);
                    lineage.Remove((me, into));
                });
            case 2 or 3:
                return Do(book.CheckOffer(me, from, other, made), () =>
                {
                    book.MakeOffer(me, from, other, made);
                    offered[me] = [made, .. lineage[(me, from)]];
                });
            case 4 or 5:
                return Do(book.CheckAcquire(me, other, into, out _), () =>
                {
                    book.Acquire(me, other, into);
                    lineage[(me, into)] = offered[other]!;
                });
            case 6 or 7:
                int shown = random.Next(5);
                return Do(book.CheckForgeFor(me, from, shown, other, into, made), () =>
                {
                    book.Place(other, into, made);
                    lineage[(other, into)] = [made, .. lineage[(me, from)]];
                });
            default:
                return Do(book.CheckForge(me, from, into, made), () =>
                {
                    book.Place(me, into, made);
                    lineage[(me, into)] = [made, .. lineage[(me, from)]];
                });
        }
    }

    private static ExokernelRefusal Do(ExokernelRefusal refusal, Action act)
    {
        if (refusal == ExokernelRefusal.None)
            act();
        return refusal;
    }

    private void Begin(int environment)
    {
        firsts[environment] = Capability.OfEnvironment(environment, lives[environment]++);
        book.Admit(environment, firsts[environment]);
        lineage[(environment, 0)] = [firsts[environment]];
    }

    private void Check()
    {
        for (int environment = 0; environment < Environments; environment++)
        {
            for (int slot = 0; slot < CredentialBook.SlotLimit; slot++)
            {
                bool isThere = book.Show(environment, slot, out Capability credential)
                    == ExokernelRefusal.None;
                Assert.Equal(lineage.ContainsKey((environment, slot)), isThere);
                if (!isThere)
                    continue;
                Capability[] line = lineage[(environment, slot)];
                Assert.Equal(line[0], credential);
                for (int at = 1; at < line.Length; at++)
                    Assert.True(line[at].Dominates(line[at - 1]), $"{line[at]}, {line[at - 1]}");
                Assert.True(slot != 0 || credential.Permissions == CapabilityPermissions.All);
            }
        }
    }
}
