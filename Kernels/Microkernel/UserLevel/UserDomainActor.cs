using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;

namespace Disguise.Kernels.Microkernel.UserLevel;

/// <summary>
/// A protection domain at user level: threads that run programs. What comes in is what the kernel
/// returns to them. A failure of a program is a crash of the domain; a program that ends ends its
/// thread.
/// </summary>
public abstract class UserDomainActor : EmulatedActor
{
    private readonly UserThread[] threads;
    private readonly EmulatedTask[] programs;
    private readonly bool[] runs;

    /// <summary>A domain with a number of threads that start with it.</summary>
    protected UserDomainActor(
        IslandActorRef kernel, int threadCount, CostTable costs, LedgerAccount account,
        IRequestObserver? requests)
    {
        threads = new UserThread[threadCount];
        for (var number = 0; number < threadCount; number++)
        {
            threads[number] = new UserThread(
                kernel, new CpuContext(Me, number, costs, account) { Observer = requests });
        }

        programs = new EmulatedTask[threadCount];
        runs = new bool[threadCount];
    }

    /// <summary>The domain's threads.</summary>
    protected IReadOnlyList<UserThread> Threads => threads;

    /// <summary>The program of a thread.</summary>
    protected abstract EmulatedTask Run(UserThread thread);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var thread in threads)
        {
            thread.Context.BeginOnAnswer(() =>
            {
                runs[thread.Number] = true;
                programs[thread.Number] = RunToEnd(thread);
            });
            thread.Start();
        }
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        var number = (int)Word;
        switch (message)
        {
            case NucleusProtocol.Started:
            case NucleusProtocol.Delivered:
            case NucleusProtocol.Returned:
                threads[number].Resume();
                break;
            case ContextResume:
                number = ContextResume.ContextOf(Word);
                threads[number].Context.Resume(Word);
                break;
            default:
                Unhandled(message);
                return;
        }

        EndIfCompleted(number);
    }

    /// <summary>Has a failure of a thread's program crash the domain.</summary>
    protected void EndIfCompleted(int number)
    {
        if (!runs[number] || !programs[number].IsCompleted)
            return;
        runs[number] = false;
        try
        {
            programs[number].GetResult();
        }
        catch (ComponentFailureException crash)
        {
            OnCrash(crash.Message);
            throw;
        }
    }

    /// <summary>A program of the domain has crashed, and the domain will with it.</summary>
    protected virtual void OnCrash(string reason)
    {
    }

    private async EmulatedTask RunToEnd(UserThread thread)
    {
        await Run(thread);
        await thread.Exit();
    }
}
