# Ultrix 4.2, the 4.2BSD descendant that Aegis was compared with (Engler, Kaashoek and O'Toole, SOSP
# 1995; here E95) on the DECstations of its Table 1: 11, 15 and 25 MIPS. What the paper measured on
# a machine stands in a line `on` that machine; the line without is the mean in instructions.
# A line: cost [on platform] = value unit [assumed] # source. Units: ps ns us instr; with /B a byte.

description = Ultrix 4.2

# System calls, signals and virtual memory. Loops were warm, the best case.
system-call-path = 460 instr # the mean of the three machines below
system-call-path on decstation-2100 = 32118 ns # E95 Table 4: getpid 32.2 us less trap and return
system-call-path on decstation-3100 = 33567 ns # E95 Table 4: getpid 33.7 us less trap and return
system-call-path on decstation-5000-125 = 21140 ns # E95 Table 4: getpid 21.3 us less trap, return
signal-delivery = 2590 instr # the mean of the three machines below
signal-delivery on decstation-2100 = 206836 ns # E95 Table 5: overflow 208 us less 1.164
signal-delivery on decstation-3100 = 150100 ns # E95 Table 5: overflow 151 us less 0.9
signal-delivery on decstation-5000-125 = 129220 ns # E95 Table 5: overflow 130 us less 0.78
fault-look-up = 440 instr # the mean of the three machines below
fault-look-up on decstation-2100 = 30 us # E95 Table 5: prot 238 us, overflow 208
fault-look-up on decstation-3100 = 26 us # E95 Table 5: prot 177 us, overflow 151
fault-look-up on decstation-5000-125 = 24 us # E95 Table 5: prot 154 us, overflow 130
fault-dispatch = 105 instr # the mean of the three machines below
fault-dispatch on decstation-2100 = 2000 ns # E95 Tables 10 and 5: trap 240 us less 238
fault-dispatch on decstation-3100 = 8000 ns # E95 Tables 10 and 5: trap 185 us less 177
fault-dispatch on decstation-5000-125 = 7000 ns # E95 Tables 10 and 5: trap 161 us less 154
page-table-lookup-linear = 0 instr assumed # within page-protect: no source prints it apart
page-table-lookup-inverted = 0 instr assumed # this system has no inverted table
page-table-next-inverted = 0 instr assumed # this system has no inverted table
page-protect = 187 instr # the mean of the three machines below
page-protect on decstation-2100 = 19400 ns # E95 Tables 10 and 4: prot1 51.6 us less 32.2
page-protect on decstation-3100 = 5300 ns # E95 Tables 10 and 4: prot1 39.0 us less 33.7
page-protect on decstation-5000-125 = 10700 ns # E95 Tables 10 and 4: prot1 32.0 us less 21.3
page-protect-range-page = 15 instr # the mean of the three machines below
page-protect-range-page on decstation-2100 = 1246 ns # E95 Table 10: (175 - 51.6) us / 99
page-protect-range-page on decstation-3100 = 949 ns # E95 Table 10: (133 - 39.0) us / 99
page-protect-range-page on decstation-5000-125 = 707 ns # E95 Table 10: (102 - 32.0) us / 99
page-unprotect-range-page = 15 instr # the mean of the three machines below
page-unprotect-range-page on decstation-2100 = 1246 ns # E95 Table 10: (175 - 51.6) us / 99
page-unprotect-range-page on decstation-3100 = 949 ns # E95 Table 10: (133 - 39.0) us / 99
page-unprotect-range-page on decstation-5000-125 = 707 ns # E95 Table 10: (102 - 32.0) us / 99
tlb-refill-handler = 9 instr assumed # the R3000's own vector for user misses: 9 instructions

# The network stack in the kernel. No source at hand prints its layers on these machines; that it is
# thousands of instructions a packet is known from DECstations (Kay and Pasquale, SIGCOMM 1993).
stack-receive-posix = 3000 instr assumed # device, IP, UDP and socket layers, mbufs
stack-send-posix = 3000 instr assumed # socket, UDP, IP and device layers, mbufs
stack-receive-native = 3000 instr assumed # no native interface; the same protocols
stack-send-native = 3000 instr assumed # no native interface; the same protocols
copy-receive = 2.145 instr/B # ASH, SIGCOMM 1996, Table 4: 20 MB/s at 42.9 MIPS
copy-send = 2.145 instr/B # ASH, SIGCOMM 1996, Table 4: 20 MB/s at 42.9 MIPS
user-copy-receive = 50 instr assumed # start of copyout
user-copy-send = 50 instr assumed # start of copyin

# The control plane and the scheduler
control-plane-call = 500 instr assumed # checks and bookkeeping of one call
page-table-entry = 20 instr assumed # one entry written
receiver-notification = 200 instr assumed # sowakeup and the sleep queue's look-up
scheduler-wake-up = 500 instr assumed # wakeup, setrun, priorities
scheduler-dispatch = 1000 instr assumed # swtch: a queue of 32 priorities, registers, the u area
software-card-packet = 300 instr assumed # as aegis-exos

# What a stack must do that tenants share; charged by placement, and no paper prints the split
demultiplexing = 200 instr assumed # a linear search of the protocol's control blocks
receive-buffer-accounting = 30 instr assumed # sbappendaddr
socket-lock-receive = 30 instr assumed # sblock and splnet
argument-check-receive = 100 instr assumed # descriptor, length and addresses
send-buffer-accounting = 30 instr assumed # sbspace
socket-lock-send = 30 instr assumed # sblock and splnet
argument-check-send = 100 instr assumed # descriptor, length and addresses
event-wait = 500 instr assumed # select
event-notification = 100 instr assumed # selwakeup
queueing-discipline = 60 instr assumed # the interface's queue

# The state of the core that a packet finds: these processors have no idle states
stack-receive-while-running = 0 instr assumed # no difference
stack-send-after-idle = 0 instr assumed # no difference
copy-receive-after-idle = 0 instr assumed # no difference
copy-send-after-idle = 0 instr assumed # no difference
trap-after-idle = 0 instr assumed # no difference
trap-return-after-idle = 0 instr assumed # no difference
idle-leave = 0 instr assumed # the idle loop spins

# What other designs need; this code has none of it
exception-forward = 18 instr assumed # as aegis-exos
stlb-refill = 18 instr assumed # as aegis-exos
kernel-call-demultiplex = 10 instr assumed # as aegis-exos
kernel-call = 27 instr assumed # as aegis-exos
kernel-call-stack = 14 instr assumed # as aegis-exos
protected-transfer = 20 instr assumed # as aegis-exos
tlb-write-call = 20 instr assumed # as aegis-exos
frame-call = 40 instr assumed # as aegis-exos
slice-upcall = 30 instr assumed # as aegis-exos
predicate-evaluate = 10 instr assumed # as aegis-exos
context-save = 20 instr assumed # as aegis-exos
stride-select = 60 instr assumed # as aegis-exos
pipe-call = 500 instr assumed # sosend or soreceive on a pair of sockets: mbufs, sblock
pipe-byte = 2.145 instr/B assumed # as copy-receive
signal-send = 200 instr assumed # psignal: rights, masks, the process found
ipc-path = 60 instr assumed # as aegis-exos
